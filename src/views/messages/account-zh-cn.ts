import type { ComponentChild } from 'preact';
import type { accountEn } from './account-en.js';

type Rich = readonly ComponentChild[];

/** The same in Simplified Chinese. */
export const accountZhCn: typeof accountEn = {
  history: {
    title: '账号动态',
    intro: '登录记录和关系到账号安全的改动，最新的在最前。如果有你不认识的内容，请更改密码并在所有地方退出登录。',
    empty: '还没有任何记录。你下次登录时会出现第一条。',
    older: '更早的记录',
    newest: '回到最新的记录',
    pages: '更多记录',
    concerning: (name): Rich => ['“', name, '”'],
    byAdministrator: '由管理员操作',
    byService: '由本服务自动操作',
    kinds: {
      'user.registered': '你的账号已创建',
      'user.deactivated': '你的账号已停用',
      'user.invited': '你收到了邀请',
      'user.signed_in': '你登录了',
      'sign_in.failed': '有人以你的名义登录，但没有成功',
      'user.locked': '失败次数过多，你的账号暂缓登录',
      'sign_in.not_me': '你表示不是本人操作',
      'session.ended': '一个浏览器已退出登录',
      'user.password_changed': '你的密码已更改',
      'user.reset_requested': '有人请求了重设密码的链接',
      'user.email_changed': '你的邮箱地址已更改',
      'user.email_verified': '你的邮箱地址已确认',
      'factor.added': '添加了一种登录方式',
      'factor.removed': '移除了一种登录方式',
      'factor.used_recovery_code': '使用了一个恢复码',
      'passkey.counter_regressed': '一个通行密钥可能已被复制',
      'identity.linked': '关联了一个外部账号',
      'identity.unlinked': '取消关联了一个外部账号',
      'consent.given': '允许了一个应用使用你的账号',
      'consent.withdrawn': '移除了一个应用的访问权限',
      'authorization_code.replayed': '同一凭据被使用了两次，因此让一个应用退出了登录',
      'refresh_token.replayed': '访问凭据可能已被复制，因此让一个应用退出了登录',
      other: '发生了其他事情',
    },
  },
};
